import {
  Alert,
  Anchor,
  createTheme,
  Modal,
  Notification,
  TableScrollContainer,
  type MantineColorsTuple,
} from '@mantine/core';

/** The colour of the mark, from the lightest to the darkest shade. */
const stream: MantineColorsTuple = [
  '#eaf6f9',
  '#d5eaf0',
  '#a9d5e0',
  '#7abfd0',
  '#54adc3',
  '#3ba1bb',
  '#2390a9',
  '#157387',
  '#0f5c6e',
  '#094653',
];

/** Shades that reach 4.5:1 against their background in both schemes: the kit's own do not. */
export const theme = createTheme({
  primaryColor: 'stream',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { stream },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    // Wider than the screen, it is scrolled by the keyboard too.
    TableScrollContainer: TableScrollContainer.extend({ defaultProps: { type: 'native', tabIndex: 0 } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
  },
});
