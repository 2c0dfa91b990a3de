import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Invitation } from './people-filter.ts';

const SHOWN: Readonly<Record<Invitation, readonly [label: string, color: string]>> = {
  held: ['invitation held', 'grape'],
  queued: ['invitation queued', 'blue'],
  sent: ['invitation sent', 'teal'],
  expired: ['link expired', 'orange'],
  undeliverable: ['invitation bounced', 'red'],
  failed: ['invitation failed', 'red'],
  cancelled: ['invitation cancelled', 'gray'],
  used: ['link used', 'green'],
};

/** How somebody's invitation stands; the colour only repeats what the words say. */
export function InvitationBadge({ state }: { readonly state: Invitation }): ReactNode {
  const [label, color] = SHOWN[state];
  return (
    <Badge variant="dot" color={color} tt="none">
      {label}
    </Badge>
  );
}

export function invitationLabel(state: Invitation): string {
  return SHOWN[state][0];
}
