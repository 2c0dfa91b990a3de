import { Group, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { EditedRule } from '../../draft/rule.ts';
import { ColumnList, ColumnSelect } from '../column-select.tsx';

export interface RuleValueProps {
  readonly label: string;
  readonly rule: EditedRule;
  readonly set: (over: Partial<EditedRule>) => void;
  readonly error: ReactNode;
}

/** The part of a rule that its form asks for. */
export function RuleValue(props: RuleValueProps): ReactNode {
  const { label, rule, set, error } = props;
  const [column = ''] = rule.columns;
  switch (rule.form) {
    case 'none':
      return null;
    case 'column':
      return (
        <ColumnSelect
          label="Column"
          name={`Column of ${label}`}
          value={column}
          error={error}
          onChange={(name) => set({ columns: name === '' ? [] : [name] })}
        />
      );
    case 'columns':
      return <Joined {...props} />;
    case 'coalesce':
      return <Columns {...props} />;
    case 'expression':
      return <Expression {...props} />;
    case 'value':
      return (
        <TextInput
          label="Value"
          aria-label={`Value of ${label}`}
          value={rule.value}
          onChange={({ currentTarget }) => set({ value: currentTarget.value })}
        />
      );
  }
}

function Columns({ label, rule, set, error }: RuleValueProps): ReactNode {
  return (
    <ColumnList
      label="Columns"
      name={`Columns of ${label}`}
      value={rule.columns}
      error={error}
      onChange={(columns) => set({ columns })}
    />
  );
}

function Joined(props: RuleValueProps): ReactNode {
  const { rule, set } = props;
  return (
    <Group align="flex-start" gap="xs">
      <div className="grow">
        <Columns {...props} />
      </div>
      <TextInput
        label="Between them"
        w={120}
        value={rule.join}
        onChange={({ currentTarget }) => set({ join: currentTarget.value })}
      />
    </Group>
  );
}

function Expression({ label, rule, set, error }: RuleValueProps): ReactNode {
  return (
    <Textarea
      label="Expression"
      aria-label={`Expression of ${label}`}
      description="CEL over record, for example record.first_name + ' ' + record.last_name"
      autosize
      minRows={1}
      spellCheck={false}
      classNames={{ input: 'mono', error: 'mono' }}
      value={rule.expression}
      error={error}
      onChange={({ currentTarget }) => set({ expression: currentTarget.value })}
    />
  );
}
