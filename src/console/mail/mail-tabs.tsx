import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Leads from one half of the mail to the other; each is a screen with an address of its own. */
export function MailTabs({ here }: { readonly here: 'outbox' | 'templates' }): ReactNode {
  const navigate = useNavigate();
  return (
    <Tabs
      value={here}
      onChange={(chosen) => void navigate({ to: chosen === 'templates' ? '/mail/templates' : '/mail' })}
    >
      <Tabs.List aria-label="Mail">
        <Tabs.Tab value="outbox" aria-controls={undefined}>
          Outbox
        </Tabs.Tab>
        <Tabs.Tab value="templates" aria-controls={undefined}>
          Templates
        </Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
