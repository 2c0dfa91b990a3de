import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { useWizard } from './wizard.ts';

/** Throws away what was said so far, after asking. */
export function StartOver(): ReactNode {
  const { draft, startOver } = useWizard();
  const ask = (): void => {
    modals.openConfirmModal({
      title: 'Begin anew?',
      children:
        draft.version === null
          ? 'What you have said so far is thrown away. Nothing was registered.'
          : 'The provider stays registered, and paused unless you have started it. Its page has everything.',
      labels: { confirm: 'Begin anew', cancel: 'Go on' },
      confirmProps: { color: 'red' },
      onConfirm: startOver,
    });
  };
  return (
    <Button variant="subtle" onClick={ask}>
      Begin anew
    </Button>
  );
}
