import { contactsSlots } from '@/features/contacts'
import { slotsOfMessages } from '@/features/messages'
import { organisationSlots } from '@/features/organisation'
import { settingsSlots } from '@/features/settings'

/** What features put into the places of the interface. A new feature adds its line here; the order is that on the screen. */
export const fillings = [...slotsOfMessages, ...contactsSlots, ...organisationSlots, ...settingsSlots]
