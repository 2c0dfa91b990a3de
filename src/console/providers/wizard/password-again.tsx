import { Alert, Button, Group, PasswordInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { StepId } from './steps.ts';
import { useWizard } from './wizard.ts';

/** Steps that ask the database nothing. */
const WITHOUT: ReadonlySet<StepId> = new Set(['kind', 'connection', 'schedule', 'safeguards', 'done']);

/** After a reload: everything is still there but the password of the database. */
export function PasswordAgain({ step }: { readonly step: StepId }): ReactNode {
  const { reachable, setPassword } = useWizard();
  const [typed, setTyped] = useState('');
  if (reachable || WITHOUT.has(step)) return null;
  return (
    <Alert title="The database’s password, once more" color="stream">
      <Group align="flex-end">
        <PasswordInput
          label="Password of the database"
          description="It is not kept in this browser. Everything else still is."
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            setPassword(typed);
          }}
        />
        <Button onClick={() => setPassword(typed)}>Use it</Button>
      </Group>
    </Alert>
  );
}
