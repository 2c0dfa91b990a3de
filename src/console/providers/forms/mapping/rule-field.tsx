import { Badge, Button, Collapse, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { at } from '../../draft/document.ts';
import { proposedRule } from '../../draft/proposal.ts';
import { readRule, transformText, writeRule, type EditedRule } from '../../draft/rule.ts';
import { problemsAt, useEditing } from '../editing.tsx';
import type { ProfileField } from './fields.ts';
import { RuleValue } from './rule-value.tsx';
import { TransformFields } from './transform-fields.tsx';

const FORMS: readonly { readonly value: EditedRule['form']; readonly label: string }[] = [
  { value: 'none', label: 'not mapped' },
  { value: 'column', label: 'a column' },
  { value: 'columns', label: 'columns, joined' },
  { value: 'coalesce', label: 'the first column with something in it' },
  { value: 'expression', label: 'an expression' },
  { value: 'value', label: 'the same for everybody' },
];

/** One field of a profile: where its value comes from, and what is done with it on the way. */
export function RuleField({ field }: { readonly field: ProfileField }): ReactNode {
  const { document, change, problems } = useEditing();
  const { path, place, label, text, required } = field;
  const rule = readRule(at(document, path));
  const set = (over: Partial<EditedRule>): void => change(path, writeRule({ ...rule, ...over }));
  const fault = problemsAt(problems, place);
  return (
    <Paper withBorder p="sm" role="group" aria-label={label}>
      <Stack gap="xs">
        <div>
          <Text fw={600} size="sm">
            {label}
            {required === true && <span aria-hidden> *</span>}
          </Text>
          {text !== '' && (
            <Text size="xs" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        <Group align="flex-start" gap="xs">
          <Select
            label="Comes from"
            aria-label={`${label} comes from`}
            data={FORMS.filter(({ value }) => value !== 'none' || required !== true)}
            value={rule.form}
            allowDeselect={false}
            w={{ base: '100%', xs: 190 }}
            onChange={(form) => set({ form: form ?? 'none' })}
          />
          <div className={rule.form === 'expression' ? 'whole' : 'grow'}>
            <RuleValue label={label} rule={rule} set={set} error={fault} />
          </div>
        </Group>
        {(rule.form === 'none' || rule.form === 'value') && fault !== undefined && (
          <Text size="xs" c="var(--mantine-color-error)">
            {fault}
          </Text>
        )}
        <Suggestion field={field} rule={rule} />
        {rule.form !== 'none' && rule.form !== 'value' && <Refining label={label} rule={rule} set={set} />}
      </Stack>
    </Paper>
  );
}

/** Why this column, or which one would be suggested instead, or which nearly was. */
function Suggestion({ field, rule }: { readonly field: ProfileField; readonly rule: EditedRule }): ReactNode {
  const { change, proposal } = useEditing();
  const suggested = proposal?.fields.find(({ path }) => path === field.place);
  if (suggested !== undefined) {
    if (rule.form === 'column' && rule.columns[0] === suggested.column)
      return (
        <Text size="xs" c="dimmed">
          Suggested for {suggested.reason}.
        </Text>
      );
    return (
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          Suggested: {suggested.column}, for {suggested.reason}.
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change(field.path, proposedRule(suggested))}
        >
          Use {suggested.column}
        </Button>
      </Group>
    );
  }
  const missed = proposal?.nearMisses.find(({ path }) => path === field.place);
  if (missed === undefined) return null;
  return (
    <Text size="xs" c="dimmed">
      Not suggested: {missed.column}; {missed.reason}.
    </Text>
  );
}

interface RefiningProps {
  readonly label: string;
  readonly rule: EditedRule;
  readonly set: (over: Partial<EditedRule>) => void;
}

/** What is done with the value; closed, it is said in a line. */
function Refining({ label, rule, set }: RefiningProps): ReactNode {
  const [opened, { toggle }] = useDisclosure(false);
  const { transform, fallback } = rule;
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Group gap={6}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Chevron size={14} aria-hidden />}
          aria-expanded={opened}
          aria-label={`Transforms of ${label}`}
          onClick={toggle}
        >
          Transforms
        </Button>
        {transform.map((step, place) => (
          <Badge key={`${String(place)} ${transformText(step)}`} variant="default" tt="none">
            {transformText(step)}
          </Badge>
        ))}
        {fallback !== undefined && (
          <Badge variant="default" tt="none">
            otherwise {fallback === '' ? 'nothing' : fallback}
          </Badge>
        )}
      </Group>
      <Collapse expanded={opened}>
        {opened && <TransformFields label={label} rule={rule} set={set} />}
      </Collapse>
    </>
  );
}
