import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { PlaceButton } from '../shell/place-button.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ImportProblems } from './import-problems.tsx';
import { runImport, type ImportOrder, type ImportReport, type Progress as Told } from './import-queries.ts';
import { people } from './many-words.ts';

interface RunProps {
  readonly order: ImportOrder;
  readonly restart: () => void;
}

/** Does the import while one looks on, and says what came of it. */
export function ImportRun({ order, restart }: RunProps): ReactNode {
  const queries = useQueryClient();
  const [told, setTold] = useState<Told | null>(null);
  const { mutate, data, error } = useMutation({
    mutationFn: async () => await runImport(order, setTold),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['profiles'] }),
  });
  const begun = useRef(false);
  useEffect(() => {
    // Effects run twice while developing; this is done once.
    if (!begun.current) mutate();
    begun.current = true;
  }, [mutate]);
  if (data !== undefined) return <Result report={data} order={order} restart={restart} />;
  if (error !== null) return <Refused error={error} order={order} restart={restart} />;
  return (
    <Stack mt="md">
      <Progress value={percent(told)} animated size="lg" aria-label="How far the import is" />
      <Text role="status">{said(told)}</Text>
      <Text size="sm" c="dimmed">
        Keep this page open until it is done. All of them are entered at once, at the end: if anything fails,
        nobody is.
      </Text>
    </Stack>
  );
}

/** Reading is quick; hashing temporary passwords is not. */
function percent(told: Told | null): number {
  if (told?.total == null) return 5;
  const part = told.total === 0 ? 1 : told.done / told.total;
  return told.phase === 'preparing' ? 10 + part * 70 : 80 + part * 20;
}

function said(told: Told | null): string {
  if (told === null) return 'The file is being sent.';
  const count = told.done.toLocaleString('en');
  if (told.phase === 'reading') return `${count} rows are read.`;
  const total = (told.total ?? 0).toLocaleString('en');
  return told.phase === 'preparing'
    ? `${count} of ${total} people are prepared.`
    : `${count} of ${total} people are entered.`;
}

function Refused({ error, order, restart }: RunProps & { readonly error: Error }): ReactNode {
  const details = asProblem(error);
  const refused = new Set(details.problems.map(({ path }) => /line \d+/.exec(path)?.[0])).size;
  return (
    <Stack mt="md">
      <ProblemAlert error={error} />
      {details.code === 'IMPORT_REFUSED' && (
        <ImportProblems problems={details.problems} refused={refused} columns={order.columns} />
      )}
      <Group>
        <Button onClick={restart}>Begin again</Button>
      </Group>
    </Stack>
  );
}

function Result({ report, order, restart }: RunProps & { readonly report: ImportReport }): ReactNode {
  const { created, emails, refused, problems } = report;
  const mail = order.hold ? 'are held back' : 'are on their way';
  return (
    <Stack mt="md">
      <Alert
        color="green"
        icon={<IconCircleCheck aria-hidden />}
        title={`${people(created)} ${created === 1 ? 'was' : 'were'} entered`}
        role="status"
      >
        {emails > 0 ? `${emails.toLocaleString('en')} invitations ${mail}.` : 'No invitation was asked for.'}
      </Alert>
      {refused > 0 && <ImportProblems problems={problems} refused={refused} columns={order.columns} />}
      <Group>
        {emails > 0 && order.hold ? (
          <PlaceButton to="/people" search={{ invitation: 'held' }}>
            To the invitations that are held
          </PlaceButton>
        ) : (
          <PlaceButton to="/people">To the people</PlaceButton>
        )}
        <Button variant="default" onClick={restart}>
          Import another file
        </Button>
      </Group>
    </Stack>
  );
}
