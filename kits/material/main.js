/** Angular Material: a select and a menu in overlays, a date that is typed or picked, dialogs that a service opens. */
import '@angular/compiler';
import { Component, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButtonModule } from '@angular/material/button';
import { provideNativeDateAdapter } from '@angular/material/core';
import { MatDatepickerModule } from '@angular/material/datepicker';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatMenuModule } from '@angular/material/menu';
import { MatRadioModule } from '@angular/material/radio';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { MatTableModule } from '@angular/material/table';
import { bootstrapApplication } from '@angular/platform-browser';
import './page.css';
import { empty, kinds, load, owners, plans, remove, save } from '../things.js';

const iso = (day) => new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

class Editor {
  layer = inject(MatDialogRef);
  given = inject(MAT_DIALOG_DATA);
  item = { ...empty, ...this.given, day: this.given.day ? new Date(`${this.given.day}T00:00:00`) : null };
  refused = signal('');
  kinds = kinds;
  owners = owners;
  plans = plans;
  async keep() {
    const { day, ...rest } = this.item;
    this.refused.set((await save({ ...rest, day: day ? iso(day) : '' })) ?? '');
    if (!this.refused()) this.layer.close(true);
  }
}
Component({
  selector: 'kit-editor',
  imports: [
    FormsModule,
    MatAutocompleteModule,
    MatButtonModule,
    MatDatepickerModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatRadioModule,
    MatSelectModule,
    MatSlideToggleModule,
  ],
  template: `
    <h2 mat-dialog-title>{{ item.id ? 'Edit thing' : 'New thing' }}</h2>
    <mat-dialog-content>
      @if (refused()) { <p role="alert">{{ refused() }}</p> }
      <mat-form-field><mat-label>Title</mat-label><input matInput name="title" required [(ngModel)]="item.title"></mat-form-field>
      <mat-form-field>
        <mat-label>Kind</mat-label>
        <mat-select name="kind" required [(ngModel)]="item.kind">
          @for (kind of kinds; track kind) { <mat-option [value]="kind">{{ kind }}</mat-option> }
        </mat-select>
      </mat-form-field>
      <mat-form-field>
        <mat-label>Day</mat-label>
        <input matInput name="day" [matDatepicker]="days" [(ngModel)]="item.day">
        <mat-hint>MM/DD/YYYY</mat-hint>
        <mat-datepicker-toggle matIconSuffix [for]="days"></mat-datepicker-toggle>
        <mat-datepicker #days></mat-datepicker>
      </mat-form-field>
      <mat-form-field>
        <mat-label>Owner</mat-label>
        <input matInput name="owner" [matAutocomplete]="some" [(ngModel)]="item.owner">
        <mat-autocomplete #some="matAutocomplete">
          @for (owner of owners; track owner) { <mat-option [value]="owner">{{ owner }}</mat-option> }
        </mat-autocomplete>
      </mat-form-field>
      <mat-radio-group aria-label="Plan" name="plan" [(ngModel)]="item.plan">
        @for (plan of plans; track plan) { <mat-radio-button [value]="plan">{{ plan }}</mat-radio-button> }
      </mat-radio-group>
      <mat-slide-toggle name="sure" [(ngModel)]="item.sure">Sure</mat-slide-toggle>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button mat-button mat-dialog-close>Cancel</button>
      <button mat-flat-button (click)="keep()">Save</button>
    </mat-dialog-actions>`,
})(Editor);

class Doubt {}
Component({
  selector: 'kit-doubt',
  imports: [MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>Delete this thing?</h2>
    <mat-dialog-content>It cannot be brought back.</mat-dialog-content>
    <mat-dialog-actions>
      <button mat-button mat-dialog-close>Cancel</button>
      <button mat-button [mat-dialog-close]="true">Delete</button>
    </mat-dialog-actions>`,
})(Doubt);

class Page {
  dialog = inject(MatDialog);
  items = signal([]);
  columns = ['title', 'kind', 'day', 'more'];
  constructor() {
    void this.refresh();
  }
  async refresh() {
    this.items.set(await load());
  }
  edit(one = {}) {
    this.dialog
      .open(Editor, { data: one })
      .afterClosed()
      .subscribe((kept) => kept && this.refresh());
  }
  ask(one) {
    this.dialog
      .open(Doubt)
      .afterClosed()
      .subscribe(async (sure) => {
        if (!sure) return;
        await remove(one);
        await this.refresh();
      });
  }
}
Component({
  selector: '#app',
  imports: [MatButtonModule, MatMenuModule, MatTableModule],
  template: `
    <button mat-flat-button (click)="edit()">New thing</button>
    <table mat-table [dataSource]="items()">
      <ng-container matColumnDef="title"><th mat-header-cell *matHeaderCellDef>Title</th><td mat-cell *matCellDef="let one">{{ one.title }}</td></ng-container>
      <ng-container matColumnDef="kind"><th mat-header-cell *matHeaderCellDef>Kind</th><td mat-cell *matCellDef="let one">{{ one.kind }}</td></ng-container>
      <ng-container matColumnDef="day"><th mat-header-cell *matHeaderCellDef>Day</th><td mat-cell *matCellDef="let one">{{ one.day }}</td></ng-container>
      <ng-container matColumnDef="more"><th mat-header-cell *matHeaderCellDef></th><td mat-cell *matCellDef="let one">
        <button mat-icon-button [matMenuTriggerFor]="menu" aria-label="More actions">⋮</button>
        <mat-menu #menu="matMenu">
          <button mat-menu-item (click)="edit(one)">Edit</button>
          <button mat-menu-item (click)="ask(one)">Delete</button>
        </mat-menu></td></ng-container>
      <tr mat-header-row *matHeaderRowDef="columns"></tr>
      <tr mat-row *matRowDef="let row; columns: columns"></tr>
    </table>`,
})(Page);

void bootstrapApplication(Page, { providers: [provideNativeDateAdapter()] });
