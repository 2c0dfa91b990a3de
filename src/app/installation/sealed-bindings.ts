import type { SealedColumnName } from '../../store/installation/sealed-columns.ts';
import { secondFactorBinding } from '../operators/check-second-factor.ts';
import { operatorPasswordBinding } from '../operators/operator-password.ts';
import { localHashBinding, providerHashBinding } from '../passwords/hash-bindings.ts';
import { expectedBinding, writeBackHashBinding } from '../passwords/write-back-bindings.ts';
import { passwordBinding } from '../providers/open-connector.ts';
import { recordBinding } from '../push/inbox.ts';
import { keyBinding, oldKeyBinding } from '../push/rotate-push-key.ts';
import { auditKeyBinding } from './audit-chain.ts';

/** What the ciphertexts of each column are bound to, from the primary key of their row. */
export const SEALED_BINDINGS: Readonly<Record<SealedColumnName, (id: string, key: string) => string>> = {
  providerPassword: passwordBinding,
  pushKey: keyBinding,
  oldPushKey: oldKeyBinding,
  pushedRecord: recordBinding,
  localHash: localHashBinding,
  providerHash: providerHashBinding,
  writeBackHash: writeBackHashBinding,
  writeBackExpected: expectedBinding,
  operatorPassword: operatorPasswordBinding,
  secondFactor: secondFactorBinding,
  auditKey: auditKeyBinding,
};
