import { diagnose } from '../../app/installation/diagnose.ts';
import { paletteOf } from '../../domain/appearance/palette.ts';
import { DEAR } from '../api/limit-rates.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { diagnosesSchema, installationSchema } from '../schemas/installation.ts';

const tags = ['Installation'];
const DEFAULT_ACCENT = '#0f5c6e';

/** How the installation is set up, and whether what it stands on is well. */
export function installationRoutes(api: Api, { context, installation }: ApiFace): void {
  api.get(
    '/api/v1/installation',
    {
      schema: {
        tags,
        summary: 'Version, roles, key, branding and every setting in effect; secrets are masked',
        response: { 200: installationSchema },
      },
    },
    async () => {
      const { version, roles, settings, inspector, branding } = installation();
      const { productName, publicUrl } = context.settings;
      const palette = paletteOf(branding.accentColour ?? DEFAULT_ACCENT);
      return await Promise.resolve({
        ...{ version, roles, settings, inspector, publicUrl },
        node: process.versions.node,
        keyId: context.keyring.keyId,
        branding: { productName, palette, ...branding },
      });
    },
  );

  api.post(
    '/api/v1/installation/checks',
    {
      config: DEAR,
      schema: {
        tags,
        summary: 'Look at store, key, queues, mail, clock, work and providers',
        response: { 200: diagnosesSchema },
      },
    },
    async () => ({ items: await diagnose(context, installation().probes) }),
  );
}
