import { ActionIcon, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { transformParts, type EditedRule, type Transform } from '../../draft/rule.ts';
import { START, TRANSFORMS } from './transforms.ts';
import { TransformSetting } from './transform-setting.tsx';

export interface TransformFieldsProps {
  readonly label: string;
  readonly rule: EditedRule;
  readonly set: (over: Partial<EditedRule>) => void;
}

/** The steps between a column and a field, in order, and what stands in for nothing. */
export function TransformFields({ label, rule, set }: TransformFieldsProps): ReactNode {
  const { transform, fallback } = rule;
  const write = (next: readonly Transform[]): void => set({ transform: next });
  const replaced = (place: number, step: Transform): void =>
    write(transform.map((present, other) => (other === place ? step : present)));
  return (
    <Stack gap="xs" pl="md">
      {transform.map((step, place) => (
        <Step
          key={place}
          step={step}
          onChange={(next) => replaced(place, next)}
          onRemove={() => write(transform.filter((_, other) => other !== place))}
          onUp={place === 0 ? null : () => write(movedUp(transform, place))}
        />
      ))}
      <Select
        label="Add a transform"
        aria-label={`Add a transform to ${label}`}
        placeholder="choose"
        searchable
        data={TRANSFORMS.map(({ name, text }) => ({ value: name, label: `${name}: ${text}` }))}
        value={null}
        maw={420}
        onChange={(name) => {
          if (name !== null) write([...transform, START[name] ?? name]);
        }}
      />
      <TextInput
        label="Instead of nothing"
        aria-label={`Instead of nothing, for ${label}`}
        placeholder="nothing stays nothing"
        maw={420}
        value={fallback ?? ''}
        onChange={({ currentTarget }) =>
          set({ fallback: currentTarget.value === '' ? undefined : currentTarget.value })
        }
      />
    </Stack>
  );
}

function movedUp(transform: readonly Transform[], place: number): readonly Transform[] {
  const before = transform.slice(0, place - 1);
  return [
    ...before,
    ...transform.slice(place, place + 1),
    ...transform.slice(place - 1, place),
    ...transform.slice(place + 1),
  ];
}

interface StepProps {
  readonly step: Transform;
  readonly onChange: (step: Transform) => void;
  readonly onRemove: () => void;
  /** Null for the first. */
  readonly onUp: (() => void) | null;
}

function Step({ step, onChange, onRemove, onUp }: StepProps): ReactNode {
  const { name, setting } = transformParts(step);
  return (
    <Group gap="xs" align="flex-end">
      <Text className="mono" size="sm" w={130} pb={6}>
        {name}
      </Text>
      <TransformSetting
        name={name}
        setting={setting}
        onChange={(next) => onChange(next === undefined ? name : { [name]: next })}
      />
      {onUp !== null && (
        <ActionIcon variant="default" size="lg" aria-label={`Do ${name} earlier`} onClick={onUp}>
          <IconArrowUp size={16} />
        </ActionIcon>
      )}
      <ActionIcon variant="default" size="lg" aria-label={`Leave ${name} out`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
