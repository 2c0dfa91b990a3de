import { sameText } from '../derive.ts';
import type { PasswordFormat } from './format.ts';

export const plain: PasswordFormat = {
  name: 'plain',
  description: 'the password itself',
  weak: true,
  onlyNamed: true,
  read: (hash) => ({ affordable: true, matches: (password) => Promise.resolve(sameText(password, hash)) }),
  writer: { length: null, write: (password) => Promise.resolve(password) },
};
