import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';

/** For an address that leads nowhere. */
export function NotFound(): ReactNode {
  return (
    <Page title="There is nothing here">
      <Text>
        The address is incomplete, or what it led to is gone.{' '}
        <Anchor component={Link} to="/">
          Go to the start
        </Anchor>
        .
      </Text>
    </Page>
  );
}
