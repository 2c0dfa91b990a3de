import { Group, List, Loader, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyBlock } from '../forms/copy-block.tsx';
import type { ConnectorKind } from '../draft/document.ts';
import type { Finding } from '../queries.ts';

/** What is looked at on the way to a database, in order. */
const SERVER_ROAD = ['name', 'address', 'tcp', 'tls', 'login', 'rights'] as const;
const FILE_ROAD = ['file', 'rights'] as const;
const RECORDS = [
  'source',
  'key',
  'columns',
  'changes',
  'write-back',
  'rows',
  'mapping',
  'passwords',
  'first run',
];

const TITLES: Readonly<Record<string, string>> = {
  name: 'The name is known',
  address: 'The address is allowed',
  tcp: 'The port answers',
  tls: 'The connection is safe',
  login: 'The login works',
  file: 'The file opens',
  rights: 'The rights fit',
  source: 'The records are there',
  key: 'The key tells them apart',
  columns: 'The columns are there',
  changes: 'Changes can be learned of',
  'write-back': 'Passwords can be written back',
  rows: 'There are records',
  mapping: 'Records become people',
  passwords: 'Hashes are recognised',
  'first run': 'The first run',
};

/** Which steps are looked at: those of the road, and of the records unless only the road is. */
export function stepsOf(kind: ConnectorKind, scope: 'whole' | 'whereabouts'): readonly string[] {
  const road = kind === 'sqlite' ? FILE_ROAD : kind === 'push' ? ['login'] : SERVER_ROAD;
  return scope === 'whole' ? [...road, ...RECORDS] : road;
}

export interface CheckListProps {
  readonly steps: readonly string[];
  readonly findings: readonly Finding[];
  readonly running: boolean;
}

/** The checks one after the other as they are made, each with what was found and what to do about it. */
export function CheckList({ steps, findings, running }: CheckListProps): ReactNode {
  const all = [...steps, ...findings.map(({ step }) => step).filter((step) => !steps.includes(step))];
  const shown = running
    ? [...new Set(all)]
    : [...new Set(all)].filter(
        (step) => findings.some((finding) => finding.step === step) || hasFailed(findings),
      );
  const next = running ? shown.find((step) => !findings.some((finding) => finding.step === step)) : undefined;
  return (
    <List listStyleType="none" spacing="sm" aria-label="Checks" aria-live="polite" aria-busy={running}>
      {shown.map((step) => (
        <List.Item key={step} className="check">
          <Step
            step={step}
            findings={findings.filter((finding) => finding.step === step)}
            busy={step === next}
          />
        </List.Item>
      ))}
    </List>
  );
}

function hasFailed(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

type Look = Finding['severity'] | 'none';

const LOOKS: Readonly<
  Record<Look, { readonly color: string; readonly icon: ReactNode; readonly word: string }>
> = {
  ok: { color: 'green', icon: <IconCheck size={16} aria-hidden />, word: 'passed' },
  warning: {
    color: 'orange',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    word: 'should not be left so',
  },
  error: { color: 'red', icon: <IconX size={16} aria-hidden />, word: 'does not work' },
  none: { color: 'gray', icon: <IconMinus size={16} aria-hidden />, word: 'not looked at' },
};

interface StepProps {
  readonly step: string;
  readonly findings: readonly Finding[];
  readonly busy: boolean;
}

function Step({ step, findings, busy }: StepProps): ReactNode {
  const worst = (['error', 'warning', 'ok'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  const { color, icon, word } = LOOKS[worst ?? 'none'];
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      {busy ? (
        <Loader size={24} role="img" aria-label="looking" />
      ) : (
        <ThemeIcon size={24} radius="xl" variant="light" color={color}>
          {icon}
        </ThemeIcon>
      )}
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {TITLES[step] ?? step}
          <Text span size="sm" c="dimmed" fw={400}>
            {' '}
            {busy ? 'looking …' : word}
          </Text>
        </Text>
        {findings.map((finding) => (
          <FindingText key={`${finding.code} ${finding.message}`} finding={finding} />
        ))}
      </Stack>
    </Group>
  );
}

function FindingText({ finding }: { readonly finding: Finding }): ReactNode {
  const { severity, code, message, remedy } = finding;
  return (
    <>
      <Text size="sm">{message}</Text>
      {remedy !== '' && <CopyBlock text={remedy} label={`What to do about ${code}`} />}
      {severity !== 'ok' && (
        <Text size="xs" c="dimmed">
          {code}
        </Text>
      )}
    </>
  );
}
