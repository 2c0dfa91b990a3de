import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  NavLink,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard, IconLogout, IconMoonStars, IconSearch, IconSun } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery, signOut, type Me } from '../session/queries.ts';
import { CommandPalette, openPalette } from './command-palette.tsx';
import { placesFor } from './places.ts';
import { ShortcutHelp } from './shortcut-help.tsx';
import { useShortcuts } from './shortcuts.ts';

/** The frame of every screen for an operator who is signed in. */
export function Shell(): ReactNode {
  const { data: me } = useSuspenseQuery(meQuery);
  if (me === null) return null;
  return <Frame me={me} />;
}

function Frame({ me }: { readonly me: Me }): ReactNode {
  const [opened, { toggle, close }] = useDisclosure();
  const [helpShown, help] = useDisclosure();
  useShortcuts(me, help.open);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="lg"
    >
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Header me={me} opened={opened} toggle={toggle} help={help.open} />
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Sections" style={{ overflowY: 'auto' }}>
        <Places me={me} close={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Outlet />
      </AppShell.Main>
      <CommandPalette me={me} />
      <ShortcutHelp me={me} opened={helpShown} close={help.close} />
    </AppShell>
  );
}

interface HeaderProps {
  readonly me: Me;
  readonly opened: boolean;
  readonly toggle: () => void;
  readonly help: () => void;
}

function Header({ me, opened, toggle, help }: HeaderProps): ReactNode {
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Burger
          opened={opened}
          onClick={toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={opened ? 'Close the sections' : 'Open the sections'}
        />
        <img src="/console/mark.svg" alt="" width={28} height={28} />
        <Text fw={700} truncate>
          {me.productName}
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Tooltip label="Go to … (Ctrl or ⌘ K)">
          <ActionIcon variant="default" size="lg" aria-label="Go to" onClick={openPalette}>
            <IconSearch size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keyboard (?)">
          <ActionIcon variant="default" size="lg" aria-label="Keyboard" onClick={help} visibleFrom="sm">
            <IconKeyboard size={18} />
          </ActionIcon>
        </Tooltip>
        <SchemeSwitch />
        <Text size="sm" visibleFrom="sm">
          {me.name} · {me.role}
        </Text>
        <SignOut />
      </Group>
    </Group>
  );
}

function SchemeSwitch(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark =
    colorScheme === 'dark' ||
    (colorScheme === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  const label = dark ? 'Use light colours' : 'Use dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} /> : <IconMoonStars size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function SignOut(): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <Tooltip label="Sign out">
      <ActionIcon variant="default" size="lg" aria-label="Sign out" onClick={() => leaving.mutate()}>
        <IconLogout size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function Places({ me, close }: { readonly me: Me; readonly close: () => void }): ReactNode {
  const { pathname } = useLocation();
  return placesFor(me.role).map(({ to, label, icon: Icon }) => {
    const here = to === '/' ? pathname === '/' : pathname.startsWith(to);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} aria-hidden />}
        active={here}
        aria-current={here ? 'page' : undefined}
        onClick={close}
      />
    );
  });
}
