import type { ReactNode } from 'react';
import { ChangesFields } from '../forms/changes-fields.tsx';
import { PasswordFields } from '../forms/password-fields.tsx';
import { SafeguardFields } from '../forms/safeguard-fields.tsx';
import { ScheduleFields } from '../forms/schedule-fields.tsx';
import { ConnectionStep } from './connection-step.tsx';
import { DoneStep } from './plan/done-step.tsx';
import { KindStep } from './kind-step.tsx';
import { MappingStep } from './mapping-step.tsx';
import { PlanStep } from './plan/plan-step.tsx';
import { SourceStep } from './source-step.tsx';
import type { StepId } from './steps.ts';

/** What one step shows between the list of steps and its buttons. */
export function StepBody({ step }: { readonly step: StepId }): ReactNode {
  switch (step) {
    case 'kind':
      return <KindStep />;
    case 'connection':
      return <ConnectionStep />;
    case 'source':
      return <SourceStep />;
    case 'changes':
      return <ChangesFields />;
    case 'mapping':
      return <MappingStep />;
    case 'passwords':
      return <PasswordFields />;
    case 'schedule':
      return <ScheduleFields />;
    case 'safeguards':
      return <SafeguardFields />;
    case 'plan':
      return <PlanStep />;
    case 'done':
      return <DoneStep />;
  }
}
