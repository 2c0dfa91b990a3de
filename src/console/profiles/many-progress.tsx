import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { tellUndo } from '../shell/tell-undo.tsx';
import { LeftOut } from './left-out.tsx';
import { doToMany, type ManyAction, type ManyReport, type Pace, type People } from './many-queries.ts';
import { people as peopleText, WORDS } from './many-words.ts';

export interface ManyProgressProps {
  readonly action: ManyAction;
  readonly people: People;
  readonly pace: Pace;
  /** How many it is expected to concern. */
  readonly expected: number;
  readonly settled: () => Promise<void>;
}

interface State {
  readonly report: ManyReport | null;
  readonly over: boolean;
  readonly error: unknown;
}

/** Does it while one looks on, with a way to stop, and says what came of it. */
export function ManyProgress(props: ManyProgressProps): ReactNode {
  const { expected } = props;
  const { report, over, error, stop } = useDoing(props);
  const done = report?.done ?? 0;
  return (
    <Stack>
      <Progress
        value={over && error === null ? 100 : expected === 0 ? 0 : (done / expected) * 100}
        animated={!over}
        aria-label="How far it is"
        size="lg"
      />
      <Text role="status">
        <Said {...props} report={report} over={over} />
      </Text>
      {over && report !== null && <LeftOut reasons={report.reasons} />}
      <ProblemAlert error={error} title={done > 0 ? `It stopped after ${peopleText(done)}` : undefined} />
      <Group justify="flex-end">
        {over ? (
          <Button data-autofocus onClick={() => modals.closeAll()}>
            Close
          </Button>
        ) : (
          <Button variant="default" onClick={stop}>
            Stop here
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface SaidProps extends Pick<ManyProgressProps, 'action' | 'expected'> {
  readonly report: ManyReport | null;
  readonly over: boolean;
}

function Said({ action, expected, report, over }: SaidProps): ReactNode {
  const count = peopleText(report?.done ?? 0);
  if (!over) return `${count} of ${expected.toLocaleString('en')}.`;
  const until = WORDS[action].mails ? (report?.until ?? null) : null;
  return (
    <>
      {count} {WORDS[action].done}
      {until !== null && (
        <>
          ; the last e-mail goes out <Moment at={until} />
        </>
      )}
      .
    </>
  );
}

function useDoing(props: ManyProgressProps): State & { readonly stop: () => void } {
  const [state, setState] = useState<State>({ report: null, over: false, error: null });
  const [stopping] = useState(() => new AbortController());
  const begun = useRef(false);
  useEffect(() => {
    // Effects run twice while developing; this is done once.
    if (begun.current) return;
    begun.current = true;
    const told = (report: ManyReport): void => setState({ report, over: false, error: null });
    void carryOut(props, { told, signal: stopping.signal })
      .then((report) => {
        setState({ report, over: true, error: null });
        offerUndo(props, report);
      })
      .catch((error: unknown) => setState(({ report }) => ({ report, over: true, error })));
  }, [props, stopping]);
  return { ...state, stop: () => stopping.abort() };
}

async function carryOut(
  { action, people, pace, settled }: ManyProgressProps,
  about: { readonly told: (report: ManyReport) => void; readonly signal: AbortSignal },
): Promise<ManyReport> {
  try {
    return await doToMany(action, people, { pace, ...about });
  } finally {
    await settled();
  }
}

function offerUndo({ action, settled }: ManyProgressProps, { done, ids }: ManyReport): void {
  const { undo, done: words } = WORDS[action];
  if (undo === null || done === 0) return;
  tellUndo(`${peopleText(done)} ${words}.`, async () => {
    const all = { perHour: null, most: null };
    await doToMany(undo, { ids }, { pace: all, told: () => undefined, signal: new AbortController().signal });
    await settled();
  });
}
