import type { MessageDescriptor } from '@lingui/core'
import type { ErrorCode } from '@/core/api'
import { filesWords } from './files'
import { houseWords } from './house'
import { identityWords } from './identity'
import { messagingWords } from './messaging'
import { orgWords } from './org'
import { policiesWords } from './policies'
import { sitesWords } from './sites'

/** Words for codes that a person can meet in more than one place. Those that one feature alone is answered with stand there. */
export const words: Partial<Record<ErrorCode, MessageDescriptor>> = {
  ...houseWords,
  ...identityWords,
  ...orgWords,
  ...messagingWords,
  ...policiesWords,
  ...filesWords,
  ...sitesWords,
}
