import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { isGroup, listAt, textAt } from '../../draft/document.ts';

export interface TransformSettingProps {
  readonly name: string;
  readonly setting: unknown;
  readonly onChange: (setting: unknown) => void;
}

/** What a transform has to be told; nothing for most of them. */
export function TransformSetting(props: TransformSettingProps): ReactNode {
  const { name, setting, onChange } = props;
  switch (name) {
    case 'split':
      return <Split {...props} />;
    case 'replace':
      return <Replace {...props} />;
    case 'removePrefix':
    case 'removeSuffix':
    case 'addPrefix':
    case 'addSuffix':
      return <Words label="Text" value={String(setting)} onChange={onChange} />;
    case 'truncate':
      return <NumberInput label="Characters" min={1} w={120} value={Number(setting)} onChange={onChange} />;
    case 'emptyIf':
      return <List label="Texts" value={setting} onChange={onChange} />;
    case 'switch':
      return <Cases {...props} />;
    case 'boolean':
      return <Booleans {...props} />;
    case 'date':
      return <DateOrder {...props} />;
    default:
      return null;
  }
}

interface WordsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function Words({ label, value, onChange }: WordsProps): ReactNode {
  return (
    <TextInput
      label={label}
      w={140}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface ListProps {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (texts: readonly string[]) => void;
}

function List({ label, value, onChange }: ListProps): ReactNode {
  const texts = typeof value === 'string' ? [value] : listAt({ value }, 'value');
  return <TagsInput label={label} w={220} value={[...texts]} onChange={onChange} acceptValueOnBlur />;
}

function Split({ setting, onChange }: TransformSettingProps): ReactNode {
  const by = textAt(setting, 'by');
  const take = Number(textAt(setting, 'take') || '1');
  return (
    <>
      <Words label="Parted by" value={by} onChange={(text) => onChange({ by: text, take })} />
      <NumberInput
        label="Part (-1: the last)"
        w={140}
        value={take}
        onChange={(part) => onChange({ by, take: Number(part) })}
      />
    </>
  );
}

function Replace({ setting, onChange }: TransformSettingProps): ReactNode {
  const [from, to] = [textAt(setting, 'from'), textAt(setting, 'to')];
  return (
    <>
      <Words label="Every" value={from} onChange={(text) => onChange({ from: text, to })} />
      <Words label="becomes" value={to} onChange={(text) => onChange({ from, to: text })} />
    </>
  );
}

/** One case in a line: what stands there, an equals sign, what it becomes. */
function Cases({ setting, onChange }: TransformSettingProps): ReactNode {
  const cases = isGroup(setting) ? Object.entries(setting) : [];
  const read = (text: string): Record<string, string> =>
    Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]),
    );
  return (
    <Textarea
      label="Cases, one a line"
      placeholder={'A = true\nI = false'}
      autosize
      minRows={2}
      w={220}
      classNames={{ input: 'mono' }}
      defaultValue={cases.map(([from, to]) => `${from} = ${String(to)}`).join('\n')}
      onBlur={({ currentTarget }) => onChange(read(currentTarget.value))}
    />
  );
}

function Booleans({ setting, onChange }: TransformSettingProps): ReactNode {
  const group = isGroup(setting) ? setting : {};
  const write = (key: 'true' | 'false', texts: readonly string[]): void =>
    onChange({ ...group, [key]: texts });
  return (
    <>
      <List label="Words for true" value={group['true'] ?? []} onChange={(texts) => write('true', texts)} />
      <List
        label="Words for false"
        value={group['false'] ?? []}
        onChange={(texts) => write('false', texts)}
      />
    </>
  );
}

function DateOrder({ setting, onChange }: TransformSettingProps): ReactNode {
  return (
    <Select
      label="Where either could be first"
      w={200}
      clearable
      data={[
        { value: 'dmy', label: 'the day' },
        { value: 'mdy', label: 'the month' },
      ]}
      value={typeof setting === 'string' ? setting : null}
      onChange={(order) => onChange(order ?? undefined)}
    />
  );
}
