import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';

type Props = ButtonProps & AnchorHTMLAttributes<HTMLAnchorElement>;

const Styled = forwardRef<HTMLAnchorElement, Props>(function Styled(props, ref) {
  return <Button component="a" ref={ref} {...props} />;
});

/** A link to a screen that looks like a button: its place is checked against the router's. */
export const PlaceButton = createLink(Styled);
