import { Badge, Group, Radio, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  /** What choosing it means, in a sentence. */
  readonly text: ReactNode;
  readonly recommended?: boolean;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly error?: ReactNode;
}

/** One of a few, each with what it means. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>): ReactNode {
  const { label, choices, value, onChange, error } = props;
  return (
    <Radio.Group
      label={label}
      value={value}
      error={error}
      onChange={(chosen) => onChange(chosen)}
      labelProps={{ mb: 'xs' }}
    >
      <Stack gap="xs">
        {choices.map((choice) => (
          <Card key={choice.value} {...choice} checked={choice.value === value} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Card(choice: Choice<string> & { readonly checked: boolean }): ReactNode {
  const { value, title, text, recommended } = choice;
  return (
    <Radio.Card value={value} p="sm" aria-label={title} className="choice">
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator mt={2} />
        <div>
          <Group gap="xs">
            <Text fw={600}>{title}</Text>
            {recommended === true && (
              <Badge variant="light" tt="none">
                recommended
              </Badge>
            )}
          </Group>
          <Text component="div" size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
