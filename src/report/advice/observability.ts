import type { Advice } from './advice.ts';

export const observability: Advice = {
  'observability/requests-leave-a-trace': {
    notice: 'Somebody reports a failure, and the log knows nothing of their visit.',
    fix: 'One request logger as the first middleware.',
  },
  'observability/failures-are-logged': {
    notice: 'Something broke, and nothing says what or where.',
    fix: 'Log the error with its stack in the one error handler; no empty `catch`.',
  },
  'observability/one-request-can-be-followed': {
    notice: 'Among thousands of lines, nobody can tell which belong to one complaint.',
    fix: 'Take or make a request id, put it on the logger and into the answer.',
  },
  'observability/health-tells-the-truth': {
    notice: 'The status page is green while nothing works, or there is none.',
    fix: 'A readiness route that runs one cheap query.',
  },
  'observability/numbers-are-exported': {
    notice: 'Nobody sees that it is getting slower until somebody complains.',
    fix: 'A metrics endpoint or an SDK that is started with the app.',
  },
};
