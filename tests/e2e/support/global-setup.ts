import { checkRequestLog, clearRequestLog } from './request-log';

/** Before all tests; what it returns runs after them. */
export default function setUp(): () => void {
  clearRequestLog();
  return () => console.log(checkRequestLog());
}
