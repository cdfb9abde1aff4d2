/** Element Plus: a form with rules, a table whose rows have a menu, a box that asks before it deletes. */
import {
  ElAutocomplete,
  ElButton,
  ElDatePicker,
  ElDialog,
  ElDropdown,
  ElDropdownItem,
  ElDropdownMenu,
  ElForm,
  ElFormItem,
  ElInput,
  ElMessage,
  ElMessageBox,
  ElOption,
  ElRadio,
  ElRadioGroup,
  ElSelect,
  ElSwitch,
  ElTable,
  ElTableColumn,
} from 'element-plus';
import { createApp } from 'vue';
import 'element-plus/dist/index.css';
import { kinds, owners, plans } from '../things.js';
import { things } from '../vue.js';

const Page = {
  setup: () => ({
    things,
    kinds,
    plans,
    rules: {
      title: [{ required: true, message: 'Please give it a title' }],
      kind: [{ required: true, message: 'Please select a kind' }],
      day: [{ required: true, message: 'Please pick a day' }],
    },
    suggest: (typed, show) => show(owners.filter((one) => one.startsWith(typed ?? '')).map((value) => ({ value }))),
    async chosen(what, one) {
      if (what === 'edit') return things.edit(one);
      const sure = await ElMessageBox.confirm('It cannot be brought back.', 'Delete this thing?', {
        confirmButtonText: 'Delete',
        cancelButtonText: 'Cancel',
        type: 'warning',
      }).catch(() => undefined);
      if (sure) await things.drop(one);
    },
  }),
  methods: {
    async keep() {
      if (!(await this.$refs.form.validate().catch(() => false))) return;
      await things.keep();
      if (things.refused) ElMessage.error(things.refused);
    },
  },
  components: {
    ElAutocomplete,
    ElButton,
    ElDatePicker,
    ElDialog,
    ElDropdown,
    ElDropdownItem,
    ElDropdownMenu,
    ElForm,
    ElFormItem,
    ElInput,
    ElOption,
    ElRadio,
    ElRadioGroup,
    ElSelect,
    ElSwitch,
    ElTable,
    ElTableColumn,
  },
  template: `
    <el-button type="primary" @click="things.edit()">New thing</el-button>
    <el-table :data="things.items" row-key="id">
      <el-table-column prop="title" label="Title" />
      <el-table-column prop="kind" label="Kind" />
      <el-table-column prop="day" label="Day" />
      <el-table-column label="Operations">
        <template #default="{ row }">
          <el-dropdown trigger="click" @command="(what) => chosen(what, row)">
            <el-button text>More</el-button>
            <template #dropdown>
              <el-dropdown-menu>
                <el-dropdown-item command="edit">Edit</el-dropdown-item>
                <el-dropdown-item command="delete">Delete</el-dropdown-item>
              </el-dropdown-menu>
            </template>
          </el-dropdown>
        </template>
      </el-table-column>
    </el-table>
    <el-dialog v-model="things.open" :title="things.item.id ? 'Edit thing' : 'New thing'" destroy-on-close>
      <el-form ref="form" :model="things.item" :rules="rules" label-width="80px">
        <el-form-item label="Title" prop="title"><el-input v-model="things.item.title" /></el-form-item>
        <el-form-item label="Kind" prop="kind">
          <el-select v-model="things.item.kind" placeholder="Select">
            <el-option v-for="kind in kinds" :key="kind" :label="kind" :value="kind" />
          </el-select>
        </el-form-item>
        <el-form-item label="Day" prop="day">
          <el-date-picker v-model="things.item.day" type="date" value-format="YYYY-MM-DD" placeholder="Pick a day" />
        </el-form-item>
        <el-form-item label="Owner"><el-autocomplete v-model="things.item.owner" :fetch-suggestions="suggest" /></el-form-item>
        <el-form-item label="Plan">
          <el-radio-group v-model="things.item.plan">
            <el-radio v-for="plan in plans" :key="plan" :value="plan">{{ plan }}</el-radio>
          </el-radio-group>
        </el-form-item>
        <el-form-item label="Sure"><el-switch v-model="things.item.sure" /></el-form-item>
      </el-form>
      <template #footer>
        <el-button @click="things.open = false">Cancel</el-button>
        <el-button type="primary" @click="keep">Confirm</el-button>
      </template>
    </el-dialog>`,
};

createApp(Page).mount('#app');
