import { Card, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlaceLink } from '../shell/place-link.tsx';
import type { Installation } from './queries.ts';

type Branding = Installation['branding'];

/** The grounds that the pages have in each scheme. */
const GROUNDS = { light: '#ffffff', dark: '#162224' } as const;

/** How pages and e-mails look to people, and where that is changed. */
export function Branding({ branding }: { readonly branding: Branding }): ReactNode {
  const { productName, accentColour, hasLogo, hasLogoDark } = branding;
  const lines = [
    ['Name', productName, 'TRIBUTARY_PRODUCT_NAME'],
    ['Colour', accentColour ?? 'the built-in teal', 'TRIBUTARY_ACCENT_COLOUR'],
    ['Logo', hasLogo ? 'your own' : 'the built-in mark and the name', 'TRIBUTARY_LOGO'],
    ['Logo in dark mode', hasLogoDark ? 'your own' : 'the same', 'TRIBUTARY_LOGO_DARK'],
  ] as const;
  return (
    <Stack>
      <Text size="sm">
        These are what people see on the hosted pages and in{' '}
        <PlaceLink to="/mail/templates">e-mails</PlaceLink>. They are settings: set them where the server is
        started, and start again.
      </Text>
      <dl style={{ margin: 0, display: 'grid', gap: 8 }}>
        {lines.map(([label, value, variable]) => (
          <div key={variable} style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>
            <Text component="dt" fw={600} w={150}>
              {label}
            </Text>
            <Text component="dd" m={0}>
              {value} <Code>{variable}</Code>
            </Text>
          </div>
        ))}
      </dl>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Sample name="light" branding={branding} />
        <Sample name="dark" branding={branding} />
      </SimpleGrid>
    </Stack>
  );
}

/** What follows from the colour: where it would be hard to read, a darker or lighter one of the same hue. */
function Sample({
  name,
  branding,
}: {
  readonly name: 'light' | 'dark';
  readonly branding: Branding;
}): ReactNode {
  const { accent, fill, onFill, soft } = branding.palette[name];
  return (
    <Card withBorder style={{ background: GROUNDS[name], colorScheme: name }}>
      <Title order={2} size="h5" mb="xs" style={{ color: name === 'light' ? '#1a2729' : '#e6eeef' }}>
        In {name} mode
      </Title>
      <Group>
        <span
          style={{ background: fill, color: onFill, padding: '6px 14px', borderRadius: 8, fontWeight: 600 }}
        >
          Button
        </span>
        <span style={{ color: accent, textDecoration: 'underline' }}>a link</span>
        <span
          style={{
            background: soft,
            color: name === 'light' ? '#1a2729' : '#e6eeef',
            padding: '6px 10px',
            borderRadius: 8,
          }}
        >
          a notice
        </span>
      </Group>
    </Card>
  );
}
