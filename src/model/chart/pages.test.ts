import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pagesIn } from './pages.ts';

const addresses = (files: Record<string, string>): string[] =>
  pagesIn(Object.entries(files).map(([path, text]) => ({ path, text }))).map(({ address }) => address);
const uses = (name: string): Record<string, string> => ({ 'package.json': `{ "dependencies": { "${name}": "1" } }` });
const form = '<form method="post"><input name="title"></form>';

describe('pages of a source', () => {
  it('Next, app and pages: without groups; no parameters, slots, private folders or API', () => {
    assert.deepEqual(
      addresses({
        ...uses('next'),
        'app/(dashboard)/projects/new/page.tsx': '<form onSubmit={save}>',
        'app/page.tsx': '',
        'app/projects/[id]/page.tsx': form,
        'app/@modal/login/page.tsx': form,
        'app/_drafts/page.tsx': form,
        'app/api/notes/route.ts': 'export function POST() {}',
      }),
      ['/projects/new', '/'],
    );
    assert.deepEqual(
      addresses({
        ...uses('next'),
        'src/pages/notes/index.tsx': '',
        'src/pages/_app.tsx': '',
        'src/pages/api/x.tsx': '',
      }),
      ['/notes'],
    );
    assert.deepEqual(addresses({ ...uses('vite'), 'src/pages/Home.tsx': form }), [], 'files are no pages there');
  });

  it('SvelteKit, Nuxt, Astro, Remix', () => {
    assert.deepEqual(
      addresses({
        'src/routes/notes/+page.svelte': '',
        'src/routes/notes/+page.server.ts': 'export const actions = {}',
        'src/routes/(app)/about/+page.svelte': '',
        'src/routes/notes/[id]/+page.svelte': form,
        'src/routes/api/+server.ts': '',
      }),
      ['/notes', '/about'],
    );
    assert.deepEqual(addresses({ ...uses('nuxt'), 'pages/notes/add.vue': '', 'pages/notes/[id].vue': '' }), [
      '/notes/add',
    ]);
    assert.deepEqual(addresses({ ...uses('astro'), 'src/pages/index.astro': '', 'src/pages/new.astro': form }), [
      '/new',
      '/',
    ]);
    assert.deepEqual(
      addresses({
        ...uses('@remix-run/react'),
        'app/routes/_index.tsx': '',
        'app/routes/_auth.notes_.new.tsx': '<Form method="post">',
        'app/routes/notes.$id.tsx': '<Form>',
      }),
      ['/notes/new', '/'],
    );
  });

  it('React Router and Vue Router: nested as they stand, hashes, no parameters, nothing commented out', () => {
    const react = `import { BrowserRouter, Route, Routes } from 'react-router-dom';
      <Routes>
        {/* <Route path="/old/new" element={<Old />} /> */}
        <Route path="/" element={<Layout />}>
          <Route path="projects" element={<Projects />}>
            <Route path="new" element={<NewProject title={<b>x</b>} />} />
            <Route path=":id" element={<Project />} />
          </Route>
          <Route path="about" element={<About />} />
        </Route>
        <Route path="*" element={<Lost />} />
      </Routes>`;
    assert.deepEqual(addresses({ 'src/App.tsx': react, 'src/NewProject.tsx': 'useForm()' }).sort(), [
      '/',
      '/about',
      '/projects',
      '/projects/new',
    ]);
    const vue = `import { createRouter, createWebHashHistory } from 'vue-router';
      const routes = [
        { path: '/notes', component: Notes, meta: { at: 1 }, children: [{ path: 'add', component: AddNote }, { path: ':id', component: Note }] },
        // { path: '/gone/new', component: Gone },
        { path: '/tags', component: Tags },
      ];
      setCookie({ path: id });`;
    assert.deepEqual(addresses({ 'router.ts': vue }), ['/#/notes/add', '/#/notes', '/#/tags']);
    assert.deepEqual(addresses({ 'cookie.ts': "cookie({ path: '/new' })" }), [], 'a path that is no route');
  });

  it('Express: what answers with a page, under its mount; no JSON, POST or parameter', () =>
    assert.deepEqual(
      addresses({
        'app.js': `const notes = require('./routes/notes');
          app.use('/notes', requireUser, notes);
          app.get('/', (req, res) => res.sendFile('index.html'));
          app.get('/api/new', (req, res) => res.render('x'));
          app.get('/items', (req, res) => res.json(items));
          app.post('/create', (req, res) => res.render('done'));`,
        'routes/notes.js': `router.get('/new', (req, res) => { res.render('notes/form'); });
          router.get('/:id', (req, res) => res.render('note'));`,
      }),
      ['/notes/new', '/'],
    ));

  it('Flask and FastAPI: with their prefix; no POST alone, no parameter, no JSON', () => {
    const flask = `bp = Blueprint('notes', __name__, url_prefix='/notes')

@bp.route('/write', methods=['GET', 'POST'])
def write():
    return render_template('write.html')

@bp.route('/save', methods=['POST'])
def save():
    return render_template('new.html')

# @bp.route('/old', methods=['GET'])
@bp.route('/<int:id>')
def one(id):
    return render_template('one.html')

@bp.get('/all')
def all():
    return jsonify([])
`;
    assert.deepEqual(addresses({ 'notes.py': flask }), ['/notes/write']);
    const fast = `router = APIRouter(prefix="/things")

@router.get("/add", response_class=HTMLResponse)
async def add(request):
    return templates.TemplateResponse("add.html", {})

@router.post("/create")
async def create():
    return HTMLResponse("")
`;
    assert.deepEqual(addresses({ 'main.py': fast }), ['/things/add']);
  });

  it('Django: under what includes it; nothing with a parameter', () =>
    assert.deepEqual(
      addresses({
        'site/urls.py': `urlpatterns = [path('admin/', admin.site.urls), path('notes/', include('notes.urls'))]`,
        'notes/urls.py': `urlpatterns = [
            path('', views.index),
            path('new/', views.NoteCreateView.as_view(), name='new'),
            # path('old/new/', views.old),
            path('<int:pk>/edit/', views.edit),
            path('delete/', views.delete),
        ]`,
      }),
      ['/notes/new/', '/notes/'],
    ));

  it('Laravel and Rails: resources, prefixes; no POST, no API', () => {
    const laravel = `<?php
      Route::get('/', [Home::class, 'index']);
      Route::post('/notes/new', [Notes::class, 'store']);
      Route::get('/notes/{note}', [Notes::class, 'show']);
      Route::prefix('team')->group(function () {
        Route::get('/add', [Team::class, 'add']);
      });
      Route::resource('cards', Cards::class)->only(['index', 'create']);
      Route::resource('tags', Tags::class)->except(['create']);`;
    assert.deepEqual(addresses({ 'routes/web.php': laravel, 'routes/api.php': "Route::get('/new', X::class);" }), [
      '/cards/create',
      '/team/add',
      '/',
      '/cards',
      '/tags',
    ]);
    const rails = `Rails.application.routes.draw do
  resources :notes do
    resources :comments
    get :preview, on: :member
  end
  resources :tags, only: [:index]
  namespace :desk do
    resources :cards
  end
  # resources :gone
  get "about", to: "pages#about"
end
`;
    assert.deepEqual(addresses({ 'config/routes.rb': rails }).sort(), [
      '/about',
      '/desk/cards',
      '/desk/cards/new',
      '/notes',
      '/notes/new',
      '/tags',
    ]);
  });

  it('plain pages: those with a form that posts, and no parts of pages', () =>
    assert.deepEqual(
      addresses({
        'new.php': form,
        'find.php': '<form method="get">',
        'includes/form.php': form,
        'public/add.html': form,
        'public/old.html': `<!-- ${form} -->`,
      }),
      ['/add.html', '/new.php'],
    ));

  it('never what takes away, ends, fills or sends', () => {
    const bad = [
      '/delete/new',
      '/logout',
      '/admin/reset',
      '/seed',
      '/addSampleData',
      '/db/wipe',
      '/new/export',
      '/signout',
    ];
    const routes = bad.map((path) => `app.get('${path}', (req, res) => res.render('x'));`).join('\n');
    assert.deepEqual(addresses({ 'app.js': routes }), []);
  });
});
