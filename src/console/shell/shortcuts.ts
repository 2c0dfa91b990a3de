import { useHotkeys, useLocalStorage, type HotkeyItem } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Me } from '../session/queries.ts';
import { placesFor } from './places.ts';

/** Two keys one after the other count as one shortcut for so long. */
const SEQUENCE_MS = 1_500;

/**
 * Keys without Ctrl may be hit by mistake, or by speech: whoever wants none of
 * them turns them off (WCAG 2.2, 2.1.4), for this browser.
 */
export function useShortcutsOn(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useLocalStorage({ key: 'tributary-shortcuts', defaultValue: true });
  return [on, setOn];
}

/**
 * `g` and a letter go to a section, `/` to the search of the screen, `?` shows
 * the help. Not while something is typed in.
 */
export function useShortcuts(me: Me, help: () => void): void {
  const [on] = useShortcutsOn();
  const navigate = useNavigate();
  const begunAt = useRef(-Infinity);
  const go =
    (to: string) =>
    (event: KeyboardEvent): void => {
      if (event.timeStamp - begunAt.current > SEQUENCE_MS) return;
      begunAt.current = -Infinity;
      void navigate({ to });
    };
  const begin = (event: KeyboardEvent): void => {
    begunAt.current = event.timeStamp;
  };
  // They may be part of longer ones that the browser or a screen reader knows.
  const soft = { preventDefault: false };
  const places = placesFor(me.role).map(({ key, to }): HotkeyItem => [key, go(to), soft]);
  useHotkeys(
    on
      ? [
          ['g', begin, soft],
          ...places,
          ['/', focusSearch],
          ['shift+/', focusSearch],
          ['?', help],
          ['shift+?', help],
        ]
      : [],
  );
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type="search"], main input[data-search]')?.focus();
}
