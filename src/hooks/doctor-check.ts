// One thing that the doctor looked at. Wrong things have a cure of one line.

export interface DoctorCheck {
  /** `wrong`: commits may go through unseen, or be stopped for nothing. `note`: worth knowing. */
  readonly state: 'good' | 'note' | 'wrong';
  readonly text: string;
  /** What to do, as a command where possible. */
  readonly cure?: string;
}

export const good = (text: string): DoctorCheck => ({ state: 'good', text });
export const note = (text: string, cure?: string): DoctorCheck => ({ state: 'note', text, ...(cure && { cure }) });
export const wrong = (text: string, cure: string): DoctorCheck => ({ state: 'wrong', text, cure });
