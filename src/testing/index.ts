/** What `frontdesk/testing` offers. */
export type { CallRecording } from './callRecording.js';
export type { Answer } from './lineMonitor.js';
export type { PromptMark } from '../machines/promptMark.js';
export {
  dial,
  type CallEnd,
  type DeskEvent,
  type DialOptions,
  type SimulatedCall,
  type Spoken,
} from './simulatedCall.js';
export { simulatedCaller, type CallerEvent, type CallerOptions, type CallerPlan } from './simulatedCaller.js';
