import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export interface PolicyWords {
  name: MessageDescriptor
  /** What it does, in half a sentence. */
  hint: MessageDescriptor
  /** What zero means, where it is no number like others. */
  zero?: MessageDescriptor
}

/** What policies are called. One that this client does not know is shown with the words of the settings file. */
export const policyWords: Readonly<Record<string, PolicyWords>> = {
  'messaging.recall_window_s': {
    name: msg`Recalling messages`,
    hint: msg`How long after sending people may take a message back`,
    zero: msg({ message: 'Not at all', context: 'how long something is allowed' }),
  },
  'messaging.edit_window_s': {
    name: msg`Editing messages`,
    hint: msg`How long after sending people may change a message`,
    zero: msg({ message: 'Not at all', context: 'how long something is allowed' }),
  },
  'messaging.may_create_groups': {
    name: msg`Making groups`,
    hint: msg`Whether people may make groups themselves`,
  },
  'messaging.group_max_members': {
    name: msg`Size of groups`,
    hint: msg`Up to how many members people may make or grow a group`,
  },
  'messaging.sends_per_minute': {
    name: msg`Pace of sending`,
    hint: msg`How many messages one person may send in a minute`,
    zero: msg`As many as they like`,
  },
  'files.largest_mb': {
    name: msg`Size of files`,
    hint: msg`How large a file is that people may send`,
    zero: msg`None`,
  },
  'files.room_mb': {
    name: msg`Room for files`,
    hint: msg`How much the files of one person may take together`,
    zero: msg`As much as there is room for`,
  },
  'files.may_send_programs': {
    name: msg`Sending programs`,
    hint: msg`Whether programs and scripts may be sent as files`,
  },
  'identity.session_days': {
    name: msg`Unused sign-ins end`,
    hint: msg`After so long without use a device has to sign in again`,
  },
  'identity.session_max_days': {
    name: msg`Sign-ins end in any case`,
    hint: msg`After so long also a device in use has to sign in again`,
    zero: msg({ message: 'Never', context: 'when something ends' }),
  },
  'identity.password_min_chars': {
    name: msg`Length of passwords`,
    hint: msg`How many characters a new password has at least`,
  },
  'identity.given_password_days': {
    name: msg`Given passwords expire`,
    hint: msg`By then a password from an administrator must be replaced`,
  },
}

/** What the policies of a module are about. */
export const moduleWords: Readonly<Record<string, { name: MessageDescriptor; hint: MessageDescriptor }>> = {
  messaging: { name: msg`Conversations`, hint: msg`Who may say and change what` },
  files: { name: msg`Files`, hint: msg`What may be sent, and how much` },
  identity: { name: msg`Sign-in and devices`, hint: msg`How people prove who they are` },
}
