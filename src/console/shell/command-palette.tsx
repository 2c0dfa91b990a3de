import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Me } from '../session/queries.ts';
import { placesFor } from './places.ts';

export const openPalette = (): void => spotlight.open();

/** ⌘K: every section by typing part of its name. */
export function CommandPalette({ me }: { readonly me: Me }): ReactNode {
  const navigate = useNavigate();
  const actions = placesFor(me.role).map(({ to, label, icon: Icon }) => ({
    id: to,
    label,
    leftSection: <Icon size={20} aria-hidden />,
    onClick: () => {
      void navigate({ to });
    },
  }));
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K']}
      nothingFound="Nothing is called that."
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Go to …',
        'aria-label': 'Go to',
      }}
    />
  );
}
