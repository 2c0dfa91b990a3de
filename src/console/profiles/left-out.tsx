import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { REASONS } from './many-words.ts';

/** How many are left out, and why; nothing when nobody is. */
export function LeftOut({ reasons }: { readonly reasons: Readonly<Record<string, number>> }): ReactNode {
  const given = Object.entries(reasons);
  if (given.length === 0) return null;
  const total = given.reduce((sum, [, count]) => sum + count, 0);
  return (
    <div>
      <Text size="sm">{total.toLocaleString('en')} of those you chose are left out, because they</Text>
      <List size="sm" mt={4}>
        {given.map(([reason, count]) => (
          <List.Item key={reason}>
            {REASONS[reason] ?? reason}: {count.toLocaleString('en')}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
