import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TypedConfirmationProps {
  /** What has to be typed, letter for letter. */
  readonly word: string;
  readonly typed: string;
  readonly onChange: (typed: string) => void;
}

/** For what cannot be taken back, or concerns many: nobody types this by mistake. */
export function TypedConfirmation({ word, typed, onChange }: TypedConfirmationProps): ReactNode {
  return (
    <TextInput
      label={`Type ${word} to confirm`}
      value={typed}
      autoComplete="off"
      data-autofocus
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
