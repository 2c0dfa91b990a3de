import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { absoluteTime, relativeTime } from './time-text.ts';
import { useNow } from './use-now.ts';

/** How long ago, or how long until, with the exact time and zone on hover and focus; a dash when it never was. */
export function Moment({ at }: { readonly at: string | null }): ReactNode {
  const now = useNow();
  if (at === null) return <span aria-label="never">–</span>;
  const date = new Date(at);
  return (
    <Tooltip label={absoluteTime(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} tabIndex={0}>
        {relativeTime(date, now)}
      </time>
    </Tooltip>
  );
}
