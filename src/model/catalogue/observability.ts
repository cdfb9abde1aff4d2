import { type ClaimRow, start, urlBetterStarted, urlBetterWithSource } from './claim-info.ts';

export const observability: readonly ClaimRow[] = [
  {
    id: 'observability/requests-leave-a-trace',
    says: 'A request leaves a line with its path and outcome.',
    needs: start,
    tier: 'floor',
    severity: 'medium',
    hours: 2,
    shown: 'Requests to marked paths are sent, and stdout, stderr and log files are searched for them.',
    fooledBy: "Two lines joined by an id will do. The request log of a development server is not the app's.",
    references: ['CWE-778', 'ASVS 5.0 V16'],
  },
  {
    id: 'observability/failures-are-logged',
    says: 'A failure that we provoked is in the log, with its cause and where.',
    needs: start,
    tier: 'floor',
    severity: 'high',
    hours: 3,
    shown:
      'Each 5xx that was provoked is tied to a log line by mark, path or time, and the line is read for a cause and a place in the code.',
    fooledBy: 'A stack with file and line will do. Refusals of bad input need no line.',
    references: ['CWE-778', 'CWE-391', 'ASVS 5.0 V16'],
  },
  {
    id: 'observability/one-request-can-be-followed',
    says: 'A request id is in the answer and on its log lines.',
    needs: start,
    tier: 'hard',
    severity: 'low',
    hours: 3,
    shown:
      "The values of an answer's headers and error body are looked for on the log lines of that request and of no other.",
    fooledBy: 'A value that is the same for all requests (a version, a host) is no request id.',
    references: ['ASVS 5.0 V16'],
  },
  {
    id: 'observability/health-tells-the-truth',
    says: 'Some health address answers well when well, and badly when the store is gone.',
    needs: urlBetterStarted,
    tier: 'floor',
    severity: 'medium',
    hours: 2,
    shown: 'The usual health addresses are asked when all is well and, with a start command, while the store is cut.',
    fooledBy:
      'A static liveness address beside a readiness one is sound. An index page that answers everything is no health. Without a store, well when well is enough.',
    references: [],
  },
  {
    id: 'observability/numbers-are-exported',
    says: 'Metrics, traces or an error tracker are wired up.',
    needs: urlBetterWithSource,
    tier: 'hard',
    severity: 'low',
    hours: 4,
    shown:
      'A metrics address, trace headers or the requests of an error tracker are looked for, and in the source their set-up.',
    fooledBy: 'A dependency that nothing starts is not wired up.',
    references: [],
  },
];
