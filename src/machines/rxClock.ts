import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { ActorOptions, AnyActorLogic } from 'xstate';

type Clock = NonNullable<ActorOptions<AnyActorLogic>['clock']>;

/**
 * An XState clock that runs on an RxJS scheduler, so that a machine's `after` delays and the operators
 * around it live in one time: the real one in production, the virtual one inside `TestScheduler.run`.
 */
export function rxClock(scheduler: SchedulerLike = asyncScheduler): Clock {
  return {
    setTimeout: (callback: () => void, delay: number) =>
      scheduler.schedule(() => {
        callback();
      }, delay),
    clearTimeout: (timer: Subscription | undefined) => {
      timer?.unsubscribe();
    },
  };
}
