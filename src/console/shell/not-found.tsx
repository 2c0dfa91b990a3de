import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { PlaceLink } from './place-link.tsx';

/** For an address that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <Page title="There is nothing here">
      <Text>
        The address is incomplete, or what it led to is gone. <PlaceLink to="/">Go to the start</PlaceLink>.
      </Text>
    </Page>
  );
}
