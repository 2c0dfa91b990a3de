import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';

type Props = Omit<AnchorProps, 'href'> & AnchorHTMLAttributes<HTMLAnchorElement>;

const Styled = forwardRef<HTMLAnchorElement, Props>(function Styled(props, ref) {
  return <Anchor ref={ref} {...props} />;
});

/** A link to a screen: its place and search are checked against the router's. */
export const PlaceLink = createLink(Styled);
