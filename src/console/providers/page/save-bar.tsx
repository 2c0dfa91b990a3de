import { Alert, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { ReviewChanges } from './review-changes.tsx';
import type { Edited } from './use-edited.ts';

/** What can be done with edits that are not saved: look at the difference and save, or drop them. */
export function SaveBar({ name, edited }: { readonly name: string; readonly edited: Edited }): ReactNode {
  const { changed, stale, reset } = edited;
  return (
    <>
      {stale && (
        <Alert color="orange" role="alert" title="Somebody changed this definition meanwhile">
          Your changes are based on what it was before, and cannot be saved over theirs.
          <Group mt="xs">
            <Button size="xs" variant="default" onClick={reset}>
              Drop mine, and show what it is now
            </Button>
          </Group>
        </Alert>
      )}
      <Group justify="flex-end">
        {changed && !stale && (
          <Button variant="subtle" onClick={reset}>
            Drop the changes
          </Button>
        )}
        <ReviewChanges name={name} edited={edited} />
      </Group>
    </>
  );
}
