import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem.ts';

/** Says at the edge of the screen what went wrong. */
export function tellProblem(error: unknown): void {
  const { detail, remedy, code } = asProblem(error);
  notifications.show({ color: 'red', title: detail, message: `${remedy} ${code}`.trim(), autoClose: 10_000 });
}

/** Says that something was done. */
export function tellDone(message: string): void {
  notifications.show({ message });
}
