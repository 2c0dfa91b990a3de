import type { EntityManager } from 'typeorm';

/**
 * What repositories read and write through: one transaction, or the pool.
 *
 * Queries inside one transaction run one after the other: await each before
 * starting the next, because pg refuses two at once on one client.
 */
export type Transaction = EntityManager;
