import type { MessageDescriptor } from '@lingui/core'
import type { ErrorCode } from '@/core/api'
import { filesWords } from './files'
import { houseWords } from './house'
import { identityWords } from './identity'
import { messagingWords } from './messaging'
import { orgWords } from './org'
import { policiesWords } from './policies'
import { sitesWords } from './sites'

/** Words for every code that a person can meet: TypeScript asks for those of a new one. */
export const words: Record<ErrorCode, MessageDescriptor> = {
  ...houseWords,
  ...identityWords,
  ...orgWords,
  ...messagingWords,
  ...policiesWords,
  ...filesWords,
  ...sitesWords,
}
