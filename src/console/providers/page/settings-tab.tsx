import { Accordion, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { GrantsPanel } from '../checks/grants-panel.tsx';
import { ConnectionFields } from '../forms/connection-fields.tsx';
import { EditingProvider } from '../forms/editing.tsx';
import { PasswordFields } from '../forms/password-fields.tsx';
import { SafeguardFields } from '../forms/safeguard-fields.tsx';
import { SourceFields } from '../forms/source-fields.tsx';
import type { ShownProvider } from '../queries.ts';
import { FileForGit } from '../wizard/file-for-git.tsx';
import { EditFile } from './edit-file.tsx';
import { RemoveProvider } from './remove-provider.tsx';
import { SaveBar } from './save-bar.tsx';
import { useEdited, type Edited } from './use-edited.ts';

/** Everything else of a definition, by forms or as a file; and how to remove the provider. */
export function SettingsTab({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const edited = useEdited(provider, true);
  return (
    <EditingProvider value={edited.editing}>
      <Stack gap="lg">
        <Group>
          <FileForGit document={edited.editing.document} />
          <GrantsPanel draft={() => edited.complete} />
        </Group>
        <Sections provider={provider} edited={edited} />
        <SaveBar name={provider.name} edited={edited} />
        <RemoveProvider provider={provider} />
      </Stack>
    </EditingProvider>
  );
}

interface SectionsProps {
  readonly provider: ShownProvider;
  readonly edited: Edited;
}

function Sections({ provider, edited }: SectionsProps): ReactNode {
  const { password, setPassword } = edited;
  return (
    <Accordion variant="separated" defaultValue="connection" order={2} keepMounted={false}>
      <Accordion.Item value="connection">
        <Accordion.Control>Connection</Accordion.Control>
        <Accordion.Panel>
          <ConnectionFields password={password} onPassword={setPassword} stored={provider.hasPassword} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="source">
        <Accordion.Control>Which records</Accordion.Control>
        <Accordion.Panel>
          <SourceFields />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="passwords">
        <Accordion.Control>Passwords and the first sign-in</Accordion.Control>
        <Accordion.Panel>
          <PasswordFields />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="safeguards">
        <Accordion.Control>Safeguards</Accordion.Control>
        <Accordion.Panel>
          <SafeguardFields />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="file">
        <Accordion.Control>Everything, as a file</Accordion.Control>
        <Accordion.Panel>
          <EditFile edited={edited} name={provider.name} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
