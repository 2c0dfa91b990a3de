import {
  Alert,
  Anchor,
  createTheme,
  Drawer,
  Modal,
  Notification,
  SegmentedControl,
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

/** The kit's own, but with white text on the shades that buttons have. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#fa5252',
  '#d12f2f',
  '#c92a2a',
  '#b02525',
];

/** Shades that reach 4.5:1 against their background in both schemes: the kit's own do not. */
export const theme = createTheme({
  primaryColor: 'stream',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { stream, red },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    // Half-way between two colours its labels are hard to read.
    SegmentedControl: SegmentedControl.extend({ defaultProps: { transitionDuration: 0 } }),
    // Wider than the screen, it is scrolled by the keyboard too.
    TableScrollContainer: TableScrollContainer.extend({ defaultProps: { type: 'native', tabIndex: 0 } }),
    // Its header is no banner of the page, although it is written as one.
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: { header: { role: 'presentation' } },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: { header: { role: 'presentation' } },
      },
    }),
  },
});
