import {
  IconArrowBackUp,
  IconDatabase,
  IconHome,
  IconKey,
  IconListCheck,
  IconMail,
  IconProgress,
  IconRefresh,
  IconSettings,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Me } from '../session/queries.ts';
import { isAtLeast } from '../session/use-may.ts';

/** One section of the console. */
export interface Place {
  readonly to: string;
  readonly label: string;
  /** Leads there after `g`. */
  readonly key: string;
  readonly icon: Icon;
  /** The least role that has a use for it; the API decides who may. */
  readonly least: Me['role'];
}

const PLACES: readonly Place[] = [
  { to: '/', label: 'Overview', key: 'o', icon: IconHome, least: 'viewer' },
  { to: '/providers', label: 'Providers', key: 'p', icon: IconDatabase, least: 'viewer' },
  { to: '/runs', label: 'Runs', key: 'r', icon: IconRefresh, least: 'viewer' },
  { to: '/people', label: 'People', key: 'e', icon: IconUsers, least: 'viewer' },
  { to: '/mail', label: 'Mail', key: 'm', icon: IconMail, least: 'viewer' },
  { to: '/write-backs', label: 'Write-backs', key: 'b', icon: IconArrowBackUp, least: 'viewer' },
  { to: '/work', label: 'Work', key: 'w', icon: IconProgress, least: 'viewer' },
  { to: '/audit', label: 'Audit log', key: 'a', icon: IconListCheck, least: 'admin' },
  { to: '/operators', label: 'Operators', key: 'n', icon: IconUsersGroup, least: 'admin' },
  { to: '/tokens', label: 'Tokens', key: 't', icon: IconKey, least: 'viewer' },
  { to: '/settings', label: 'Settings', key: 's', icon: IconSettings, least: 'admin' },
  { to: '/account', label: 'Your account', key: 'y', icon: IconUserCircle, least: 'viewer' },
];

export function placesFor(role: Me['role']): readonly Place[] {
  return PLACES.filter(({ least }) => isAtLeast(role, least));
}
