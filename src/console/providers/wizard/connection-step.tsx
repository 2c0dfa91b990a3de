import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { CheckList, stepsOf } from '../checks/check-list.tsx';
import { kindOf } from '../draft/document.ts';
import { ConnectionFields } from '../forms/connection-fields.tsx';
import { useEditing } from '../forms/editing.tsx';
import { useWizard } from './wizard.ts';

/** How the database is reached, with the road to it checked step by step. */
export function ConnectionStep(): ReactNode {
  const { document } = useEditing();
  const { password, setPassword, road, complete, draft } = useWizard();
  const kind = kindOf(document);
  const test = (): void => {
    if (password === null) setPassword('');
    // What goes wrong is shown below.
    road.run({ of: complete(), scope: 'whereabouts' }).catch(() => undefined);
  };
  return (
    <Stack>
      <ConnectionFields password={password} onPassword={setPassword} stored={draft.version !== null} />
      <Button variant="default" loading={road.running} onClick={test} style={{ alignSelf: 'flex-start' }}>
        Test the connection
      </Button>
      <ProblemAlert error={road.error} />
      {road.result?.ready === false && (
        <Alert color="red" title="The database cannot be used yet">
          Each step says what to do. Mend it, and test again.
        </Alert>
      )}
      {road.result?.ready === true && <Text>The connection works.</Text>}
      {(road.running || road.findings.length > 0) && (
        <CheckList steps={stepsOf(kind, 'whereabouts')} findings={road.findings} running={road.running} />
      )}
    </Stack>
  );
}
