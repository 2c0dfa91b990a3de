import { ModalsProvider } from '@mantine/modals';
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** What every screen stands in. Dialogs are drawn inside of the router: outside of it a link in one would fail. */
export function Everything(): ReactNode {
  return (
    <ModalsProvider>
      <Outlet />
    </ModalsProvider>
  );
}
