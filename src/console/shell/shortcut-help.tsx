import { Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Me } from '../session/queries.ts';
import { placesFor } from './places.ts';
import { useShortcutsOn } from './shortcuts.ts';

export interface ShortcutHelpProps {
  readonly me: Me;
  readonly opened: boolean;
  readonly close: () => void;
}

/** What the keyboard does, and the switch for those whom single keys get in the way of. */
export function ShortcutHelp({ me, opened, close }: ShortcutHelpProps): ReactNode {
  const [on, setOn] = useShortcutsOn();
  return (
    <Modal opened={opened} onClose={close} title="Keyboard">
      <Stack>
        <Switch
          label="Keys without Ctrl or ⌘"
          description="Kept in this browser."
          checked={on}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />
        <Table aria-label="Keys" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Keys</Table.Th>
              <Table.Th>What they do</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Line keys={['Ctrl or ⌘', 'K']} does="Go to a screen, a provider or a person" />
            <Line keys={['/']} does="To the search of this screen" />
            <Line keys={['?']} does="This help" />
            {placesFor(me.role).map(({ key, label }) => (
              <Line key={key} keys={['G', key.toUpperCase()]} does={label} />
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}

function Line({ keys, does }: { readonly keys: readonly string[]; readonly does: string }): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key) => (
          <Kbd key={key} mr={4} style={{ whiteSpace: 'nowrap' }}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  );
}
