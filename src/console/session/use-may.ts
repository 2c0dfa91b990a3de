import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery, type Me } from './queries.ts';

const ORDER: readonly Me['role'][] = ['viewer', 'support', 'admin'];

/** Whether a role is at least another; the API decides in the end. */
export function isAtLeast(role: Me['role'], least: Me['role']): boolean {
  return ORDER.indexOf(role) >= ORDER.indexOf(least);
}

/** Whether whoever is signed in may do what takes a role: what they may not is not offered. */
export function useMay(least: Me['role']): boolean {
  const { data: me } = useSuspenseQuery(meQuery);
  return me !== null && isAtLeast(me.role, least);
}
