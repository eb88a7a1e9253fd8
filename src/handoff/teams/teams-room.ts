import type { StaffDoor, StaffOutlet } from '../../conversation/staff-ports';
import type { Room } from '../room';
import { createCarrier } from './carry';
import { createHearing } from './hear';
import { createWorks } from './work';

/**
 * Advisers who work in Teams: a card a request in the team's channel, claimed there; the conversation itself in the private chat of the
 * adviser with the bot, one at a time, so that nobody else reads it and nothing goes to the wrong person.
 */
export function createTeamsRoom(room: Room, outlet: StaffOutlet): StaffDoor & { look(): Promise<void> } {
  const works = createWorks(room);
  const carrier = createCarrier(room, outlet, room.links, works);
  room.desk.listen(() => void carrier.look());
  return {
    hear: createHearing(room, outlet, room.links, works, carrier),
    sent: (handoff, messageId) => carrier.sent(handoff, messageId),
    look: () => carrier.look(),
  };
}
