import {
  IconArrowBackUp,
  IconDatabase,
  IconHome,
  IconKey,
  IconListCheck,
  IconMail,
  IconRefresh,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Me } from '../session/queries.ts';

/** One section of the console. */
export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  /** The least role that has a use for it; the API decides who may. */
  readonly least: Me['role'];
}

const ORDER: readonly Me['role'][] = ['viewer', 'support', 'admin'];

const PLACES: readonly Place[] = [
  { to: '/', label: 'Overview', icon: IconHome, least: 'viewer' },
  { to: '/providers', label: 'Providers', icon: IconDatabase, least: 'viewer' },
  { to: '/runs', label: 'Runs', icon: IconRefresh, least: 'viewer' },
  { to: '/people', label: 'People', icon: IconUsers, least: 'viewer' },
  { to: '/mail', label: 'Mail', icon: IconMail, least: 'viewer' },
  { to: '/write-backs', label: 'Write-backs', icon: IconArrowBackUp, least: 'viewer' },
  { to: '/audit', label: 'Audit log', icon: IconListCheck, least: 'admin' },
  { to: '/operators', label: 'Operators', icon: IconUsersGroup, least: 'admin' },
  { to: '/tokens', label: 'Tokens', icon: IconKey, least: 'viewer' },
  { to: '/account', label: 'Your account', icon: IconUserCircle, least: 'viewer' },
];

export function placesFor(role: Me['role']): readonly Place[] {
  return PLACES.filter(({ least }) => ORDER.indexOf(role) >= ORDER.indexOf(least));
}
