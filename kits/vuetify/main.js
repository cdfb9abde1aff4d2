/** Vuetify: a select and an autocomplete that are fields, a calendar that opens below one, a list with menus. */
import { createApp } from 'vue';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import 'vuetify/styles';
import { kinds, owners, plans } from '../things.js';
import { things } from '../vue.js';

const iso = (day) => new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

const Page = {
  data: () => ({ things, kinds, owners, plans, days: false, needed: [(value) => !!value || 'This is required.'] }),
  methods: {
    pick(day) {
      things.item.day = iso(day);
      this.days = false;
    },
    async keep() {
      if ((await this.$refs.form.validate()).valid) await things.keep();
    },
  },
  template: `
    <v-app>
      <v-main>
        <v-btn color="primary" @click="things.edit()">New thing</v-btn>
        <v-list>
          <v-list-item v-for="one in things.items" :key="one.id" :title="one.title" :subtitle="one.kind">
            <template #append>
              <v-menu>
                <template #activator="{ props }"><v-btn v-bind="props" variant="text" aria-label="Actions">⋮</v-btn></template>
                <v-list>
                  <v-list-item title="Edit" @click="things.edit(one)" />
                  <v-list-item title="Delete" @click="things.doomed = one" />
                </v-list>
              </v-menu>
            </template>
          </v-list-item>
        </v-list>
        <v-dialog v-model="things.open" max-width="600">
          <v-card :title="things.item.id ? 'Edit thing' : 'New thing'">
            <v-form ref="form" @submit.prevent="keep">
              <v-card-text>
                <v-alert v-if="things.refused" type="error" :text="things.refused" />
                <v-text-field v-model="things.item.title" label="Title" :rules="needed" />
                <v-select v-model="things.item.kind" label="Kind" :items="kinds" :rules="needed" />
                <v-menu v-model="days" :close-on-content-click="false">
                  <template #activator="{ props }">
                    <v-text-field v-bind="props" :model-value="things.item.day" label="Day" readonly :rules="needed" />
                  </template>
                  <v-date-picker @update:model-value="pick" />
                </v-menu>
                <v-autocomplete v-model="things.item.owner" label="Owner" :items="owners" :rules="needed" />
                <v-radio-group v-model="things.item.plan" label="Plan" inline>
                  <v-radio v-for="plan in plans" :key="plan" :label="plan" :value="plan" />
                </v-radio-group>
                <v-checkbox v-model="things.item.sure" label="Sure" />
              </v-card-text>
              <v-card-actions>
                <v-btn @click="things.open = false">Cancel</v-btn>
                <v-btn type="submit" color="primary">Save</v-btn>
              </v-card-actions>
            </v-form>
          </v-card>
        </v-dialog>
        <v-dialog :model-value="!!things.doomed" max-width="400" @update:model-value="things.doomed = undefined">
          <v-card title="Delete this thing?" text="It cannot be brought back.">
            <v-card-actions>
              <v-btn @click="things.doomed = undefined">Cancel</v-btn>
              <v-btn color="error" @click="things.drop()">Delete</v-btn>
            </v-card-actions>
          </v-card>
        </v-dialog>
      </v-main>
    </v-app>`,
};

createApp(Page).use(createVuetify({ components })).mount('#app');
