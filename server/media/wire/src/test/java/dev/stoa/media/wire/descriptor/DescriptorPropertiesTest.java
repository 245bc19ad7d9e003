package dev.stoa.media.wire.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What is written is read again, whatever the structure.
final class DescriptorPropertiesTest {
    @Property
    void whatWasWrittenIsRead(@ForAll long seed) {
        Random random = new Random(seed);
        int targets = 1 + random.nextInt(32);
        int chains = random.nextInt(targets + 1);
        List<DescriptorWriter.Template> templates = templates(random, targets, chains);
        List<Integer> protectedBy = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            protectedBy.add(chains == 0 ? 0 : random.nextInt(chains));
        }
        int offset = random.nextInt(64);
        DescriptorWriter writer = new DescriptorWriter(offset, templates, protectedBy);
        MemorySegment buf = MemorySegment.ofArray(new byte[4096]);
        DependencyDescriptor view = new DependencyDescriptor();
        DependencyStructure structure = new DependencyStructure();

        int length = writer.write(buf, 5, true, false, 0, 7, true, 0);
        assertThat(view.wrap(buf, 5, length, structure)).isTrue();
        assertThat(structure.templates()).isEqualTo(templates.size());
        for (int target = 0; chains > 0 && target < targets; target++) {
            assertThat(structure.protectedBy(target)).isEqualTo(protectedBy.get(target));
        }
        for (int i = 0; i < templates.size(); i++) {
            int frame = random.nextInt(0x1_0000);
            length = writer.write(buf, 0, random.nextBoolean(), true, i, frame, false, 0);
            assertThat(view.wrap(buf, 0, length, structure)).isTrue();
            assertThat(view.frameNumber()).isEqualTo(frame);
            assertThat(view.endOfFrame()).isTrue();
            isTemplate(view, templates.get(i));
        }
    }

    private static void isTemplate(DependencyDescriptor view, DescriptorWriter.Template template) {
        assertThat(view.spatialId()).isEqualTo(template.spatial());
        assertThat(view.temporalId()).isEqualTo(template.temporal());
        for (int target = 0; target < template.indications().length(); target++) {
            char indication = template.indications().charAt(target);
            assertThat(view.present() >>> target & 1).isEqualTo(indication == '-' ? 0 : 1);
            assertThat(view.switches() >>> target & 1).isEqualTo(indication == 'S' ? 1 : 0);
        }
        long mask = 0;
        for (int distance : template.distances()) {
            mask |= 1L << distance - 1;
        }
        assertThat(view.distances()).isEqualTo(mask);
        for (int chain = 0; chain < template.chainDistances().size(); chain++) {
            assertThat(view.chainDistance(chain))
                    .isEqualTo(template.chainDistances().get(chain));
        }
    }

    private static List<DescriptorWriter.Template> templates(Random random, int targets, int chains) {
        List<DescriptorWriter.Template> templates = new ArrayList<>();
        int spatial = 0;
        int temporal = 0;
        int count = 1 + random.nextInt(DependencyStructure.MAX_TEMPLATES);
        for (int i = 0; i < count; i++) {
            StringBuilder indications = new StringBuilder();
            for (int target = 0; target < targets; target++) {
                indications.append("-DSR".charAt(random.nextInt(4)));
            }
            List<Integer> distances = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                distances.add(1 + random.nextInt(16));
            }
            List<Integer> chainDistances = new ArrayList<>();
            for (int k = 0; k < chains; k++) {
                chainDistances.add(random.nextInt(16));
            }
            templates.add(new DescriptorWriter.Template(
                    spatial, temporal, indications.toString(), distances, chainDistances));
            int step = random.nextInt(3);
            spatial += step == 2 ? 1 : 0;
            temporal = step == 2 ? 0 : temporal + step;
        }
        return templates;
    }
}
