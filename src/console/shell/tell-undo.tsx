import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { tellProblem } from './tell.ts';

/** Long enough to read it and to reach the button. */
const SHOWN_MS = 15_000;

/** Says that something was done, and offers to take it back. */
export function tellUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const takeBack = async (): Promise<void> => {
    notifications.hide(id);
    try {
      await undo();
      notifications.show({ message: 'Taken back.' });
    } catch (error) {
      tellProblem(error);
    }
  };
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    message: <Undoable message={message} undo={() => void takeBack()} />,
  });
}

function Undoable({ message, undo }: { readonly message: string; readonly undo: () => void }): ReactNode {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="default" onClick={undo}>
        Undo
      </Button>
    </Group>
  );
}
