import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { TypedConfirmation } from '../shell/typed-confirmation.tsx';
import type { Columns, ImportOrder, ImportPreview } from './import-queries.ts';
import { people } from './many-words.ts';

interface DecisionProps {
  readonly preview: ImportPreview;
  readonly file: File;
  readonly columns: Columns;
  readonly start: (order: ImportOrder) => void;
  readonly back: () => void;
}

interface Choice {
  readonly partial: boolean;
  readonly hold: boolean;
}

/** More e-mails than this are held back unless somebody wants otherwise, and then a number is typed. */
const FEW = 20;

/** Whether bad rows are left out and invitations held back; and the button that does it. */
export function ImportDecision({ preview, file, columns, start, back }: DecisionProps): ReactNode {
  const { good, refused, emails } = preview;
  const [choice, setChoice] = useState<Choice>({ partial: false, hold: emails > FEW });
  const [typed, setTyped] = useState('');
  const { partial, hold } = choice;
  const word = emails > FEW && !hold ? String(emails) : null;
  const confirmed = word === null || typed.replaceAll(/[\s.,]/g, '') === word;
  const ready = good > 0 && (refused === 0 || partial) && confirmed;
  return (
    <Stack>
      <Options preview={preview} choice={choice} onChange={setChoice} />
      {word !== null && <TypedConfirmation word={word} typed={typed} onChange={setTyped} />}
      <Group justify="space-between">
        <CopyCommand command={commandFor(file, choice)} />
        <Group>
          <Button variant="default" onClick={back}>
            Back
          </Button>
          <Button disabled={!ready} onClick={() => start({ file, columns, partial, hold })}>
            {emails > 0 && !hold
              ? `Enter ${people(good)} and send ${emails.toLocaleString('en')} e-mails`
              : `Enter ${people(good)}`}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function commandFor({ name }: File, { partial, hold }: Choice): string {
  return `profile import ${name}${partial ? ' --partial' : ''}${hold ? ' --hold' : ''}`;
}

interface OptionsProps {
  readonly preview: ImportPreview;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function Options({ preview: { good, refused, emails }, choice, onChange }: OptionsProps): ReactNode {
  if (good === 0)
    return (
      <Alert color="orange" title="Nobody can be entered like this">
        Mend the file, or choose other columns.
      </Alert>
    );
  return (
    <>
      {refused > 0 && (
        <Checkbox
          label={`Enter the ${good.toLocaleString('en')} good rows, and leave the others out`}
          checked={choice.partial}
          onChange={({ currentTarget }) => onChange({ ...choice, partial: currentTarget.checked })}
        />
      )}
      {emails > 0 && (
        <Checkbox
          label={`Hold the ${emails.toLocaleString('en')} invitations back`}
          description="Everybody is entered now; you release the invitations later, all at once or in waves."
          checked={choice.hold}
          onChange={({ currentTarget }) => onChange({ ...choice, hold: currentTarget.checked })}
        />
      )}
    </>
  );
}
